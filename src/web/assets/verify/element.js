// Elements of the page, made without markup: a certificate's texts are never read as HTML.

/** An element with attributes and children, elements or texts; `null` and `false` are left out. */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) {
      made.setAttribute(attribute, value === true ? "" : value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== false));
  return made;
};

export const byId = (id) => document.getElementById(id);

/** A copy of what a template of the page holds. */
export const fromTemplate = (id) => byId(id).content.cloneNode(true);
