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

/** An identifier as `{text, host, publicId}`; `null` for other methods, paths and spellings. */
export const parseDid = (text) => {
  const parts = typeof text === "string" ? text.split(":") : [];
  const [did, method, written, bodies, publicId] = parts;
  if (parts.length !== 5 || did !== "did" || method !== "web" || bodies !== "bodies" || !isUuid(publicId)) {
    return null;
  }
  const host = written.replaceAll("%3A", ":");
  return hostIsGood(host) ? { text, host, publicId } : null;
};

export const statusListUrl = (did, list, purpose) => `https://${did.host}/bodies/${did.publicId}/status/${list}-${purpose}.json`;

/** An identifier for a term on the ledger's host. */
export const termUrl = (did, kind, code) => `https://${did.host}/terms/${kind}/${code}`;
