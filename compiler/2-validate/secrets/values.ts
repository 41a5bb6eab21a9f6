import { entropyOf } from "./rules.ts";

/** What stands in for a value that comes from elsewhere, or is yet to be written. */
const REFERENCE = new RegExp(
  [
    /["']?\$[\w{(][^]*/, // $X, ${X}, $(X), "$(cat /run/secrets/x)"
    /%\{?\w+\}?%?/, // %X%, %{X}, %s
    /@\w+@|#\{[^}]*\}#?/,
    /\{\{[^]*\}\}|\{\w*\}|\[\[?[^\]]*\]?\]/,
    /<[^<>]+>|[[(]?redacted[\])]?/,
    /:'?\w+'?/, // psql's :'name', a bound parameter
    /\*+|x{3,}|\.+|-+|_+|\?+/,
    /your[-_ ](?:\w+[-_ ])*(?:here|password|secret|token|key)|(?:replace|insert|set|fill)[-_ ]?(?:me|this|in)\b.*|todo|tbd|n\/a|placeholder|not[-_ ]?set|unset/,
    /(?:vault|ref\+\w+|op|env|file|secret|awssm|gcpsm|azkv|keyvault|ssm|doppler|akeyless|classpath|kubernetes):\S+/,
    /ENC\[[^\]]*\]|!\w+\b.*|@Microsoft\.KeyVault\(.*/,
    /arn:[\w-]+:[^\s]+|projects\/[^\s]+|\/subscriptions\/[^\s]+/,
    /kv(?:-v2)?\/[\w/.-]+|secrets?\/[\w/.-]+/,
  ]
    .map(({ source }) => `^(?:${source})$`)
    .join("|"),
  "i",
);

/** Somewhere in a text a value that comes from elsewhere. */
const INSERTED = /\$\{|\$\(|\{\{|\$[A-Z][A-Z_]{2}/;

/** Whether a text only says where the value is. */
export const isReference = (value: string): boolean => REFERENCE.test(value) || INSERTED.test(value);

/** Switches, limits, times and types: no secret under any name. */
const SETTING =
  /^(?:|true|false|yes|no|on|off|none|null|nil|undefined|enabled?|disabled?|required|optional|default|auto|always|never|include|omit|same-origin|basic|digest|bearer|oauth2?|oidc|saml|jwt|ldap|string!?|text|str|uuid|bytes|varchar|char|object|number|any|password_hash|(?:files|compat)(?: \w+)*)$/i;
const NUMBER = /^[-+]?[\d_.]+(?:[eE]\d+)?$/;
const QUANTITY =
  /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w|y|k|M|G|T|Ki|Mi|Gi|B|KB|MB|GB|%)(?:\d+(?:ms|s|m|h))*|P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?)$/;
const FILE =
  /^(?:(?:\.{1,2}|~)?\/|[A-Za-z]:\\|unix:|\.{1,2}\\)[\w ./\\@:+,=-]*$|^(?:[\w.-]+\/)*[\w-]+\.(?:md|ya?ml|json|pem|key|crt|txt|env|toml|ini|conf|jks|p12|php|js|ts)$/;
const URL = /^[a-z][a-z0-9+.-]*:\/\/\S*$/i;
const PUBLIC =
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+) |^-----BEGIN (?:PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE|SSH2 PUBLIC KEY|PGP PUBLIC)/;
const HEADER = /^(?:X|Sec)-[A-Za-z-]+$/i;
/** The name of a variable: `DB_PASSWORD`. */
const VARIABLE = /^(?:[A-Z]+_)+(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|KEY|SECRET|PASS)$/;
/** What a program computes: `process.env.X`, `os.environ['X']`, `getToken()`. */
const CODE = /^[A-Za-z_$][\w$]*(?:(?:\.[A-Za-z_$][\w$]*)+|(?:::?|->)[A-Za-z_]\w*.*|[\w$.]*[([].*)$/;

export type Kind = "password" | "token";

/**
 * Values that are no secret whatever their name says. A password may be a number or several words, a token is neither.
 */
export function isPlain(value: string, kind: Kind): boolean {
  if (
    SETTING.test(value) ||
    isReference(value) ||
    QUANTITY.test(value) ||
    URL.test(value) ||
    PUBLIC.test(value) ||
    HEADER.test(value) ||
    VARIABLE.test(value)
  )
    return true;
  if (NUMBER.test(value)) return kind === "token" ? value.length < 10 : value.length < 4;
  if (FILE.test(value) && !value.split(/[/\\]/).some(looksDrawn)) return true;
  return (
    /\s/.test(value) &&
    (kind === "token" ? value.trim().split(/\s+/).length > 2 || !looksDrawn(value.replace(/\s/g, "")) : isProse(value))
  );
}

/** A sentence for people, or a label. */
const isProse = (value: string): boolean =>
  /[.?!:,]\s|[.?!\u2026]$|\b(?:password|passwort|token|must|from|your|the)\b/i.test(value) ||
  value.trim().split(/\s+/).length > 6;

export const isCode = (value: string): boolean => CODE.test(value) && !looksDrawn(value);

/** Whether a text looks drawn at random: letters and digits in disorder. */
export function looksDrawn(text: string): boolean {
  if (text.length < 8 || /\s/.test(text)) return false;
  const runs = text.match(/[a-z]+|[A-Z]+|\d+/g) ?? [];
  const digits = /\d/.test(text);
  return (
    (digits || (/[a-z][A-Z]+[a-z]+[A-Z]/.test(text) && text.length >= 16)) &&
    /[A-Za-z]/.test(text) &&
    runs.length >= 4 &&
    (text.length < 12 || entropyOf(text) > 2.8)
  );
}
