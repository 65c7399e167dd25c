//! A credential in an SVG: the content of the one element `credential` of Open Badges' namespace.

use super::{FILE_BYTES_MAX, InvalidBadge};
use roxmltree::{Document, ParsingOptions};

/// The namespace (Open Badges 3.0, section 5.3.2.1).
pub const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
/// Most elements and attributes of a picture.
const NODES_MAX: u32 = 200_000;

/// Whether a file begins as an SVG does.
pub fn is_svg(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    text.starts_with(b"<svg") || text.starts_with(b"<?xml")
}

/// The picture with a credential in it. `picture` is an SVG of ours, which begins `<svg …>`; `None`
/// if it does not.
pub fn bake(picture: &str, credential: &str) -> Option<String> {
    let head = picture.find('>')? + 1;
    let (open, rest) = picture.split_at_checked(head)?;
    let open = open.strip_prefix("<svg")?;
    // A section of character data ends at its first `]]>`.
    let content = credential.replace("]]>", "]]]]><![CDATA[>");
    Some(format!(
        "<svg xmlns:openbadges=\"{NAMESPACE}\"{open}<openbadges:credential><![CDATA[{content}]]>\
         </openbadges:credential>{rest}"
    ))
}

/// The credential of a picture, `None` if there is none.
pub fn read(bytes: &[u8]) -> Result<Option<String>, InvalidBadge> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(InvalidBadge::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| InvalidBadge::Damaged)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES_MAX,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => InvalidBadge::TooLarge,
        _ => InvalidBadge::Damaged,
    })?;
    let mut found = document
        .descendants()
        .filter(|node| node.has_tag_name((NAMESPACE, "credential")));
    let Some(element) = found.next() else {
        return Ok(None);
    };
    if found.next().is_some() {
        return Err(InvalidBadge::Ambiguous);
    }
    let mut content = String::new();
    for node in element.children() {
        match node.text().filter(|_| node.is_text()) {
            Some(text) => content.push_str(text),
            None => return Err(InvalidBadge::Damaged),
        }
    }
    Ok(Some(content))
}
