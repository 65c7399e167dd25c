// The bodies' identifiers, `did:web:HOST:bodies:PUBLIC_ID`, and the addresses that follow from them.

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUuid = (text) => UUID.test(text);

const hostIsGood = (host) => {
  const [name, port, ...rest] = host.split(":");
  const labels = name.split(".");
  const portIsGood = port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65535);
  // A last label of digits is an IPv4 address.
  return rest.length === 0 && portIsGood && name.length <= 253 && labels.every((l) => LABEL.test(l)) && /[a-z]/.test(labels.at(-1));
};

/** The identifier of the body with this public id at `host` (`name` or `name:port`); `null` for no host. */
export const bodyDid = (host, publicId) => {
  const good = typeof host === "string" && hostIsGood(host);
  return good ? { text: `did:web:${host.replaceAll(":", "%3A")}:bodies:${publicId}`, host, publicId } : null;
};

/** An identifier as `{text, host, publicId}`; `null` for other methods, paths and spellings. */
export const parseDid = (text) => {
  const parts = typeof text === "string" ? text.split(":") : [];
  const [did, method, written, bodies, publicId] = parts;
  if (parts.length !== 5 || did !== "did" || method !== "web" || bodies !== "bodies" || !isUuid(publicId)) {
    return null;
  }
  return bodyDid(written.replaceAll("%3A", ":"), publicId);
};

export const statusListUrl = (did, list, purpose) => `https://${did.host}/bodies/${did.publicId}/status/${list}-${purpose}.json`;

/** An identifier for a term on the ledger's host. */
export const termUrl = (did, kind, code) => `https://${did.host}/terms/${kind}/${code}`;
