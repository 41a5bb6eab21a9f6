import type { Kind } from "./values.ts";

/**
 * Names whose value is a secret, by their last words; of the words before them only those count that turn the meaning.
 */
const PASSWORDS = new Set(
  "password passwords passwd passwort kennwort passe motdepasse contrasena senha wachtwoord haslo pwd pass passphrase passcode pw pswd userpass dbpass rootpass rootpw sshpass smtppass keypass storepass requirepass masterpass".split(
    " ",
  ),
);
const TOKENS = new Set(
  "secret secrets token tokens credential credentials creds cred bearer masterauth psk".split(" "),
);
const KEYS = new Set(
  "api access secret private auth account shared signing sign signature encryption encrypt crypt crypto cipher decryption master license licence session storage admin webhook deploy app application consumer hmac aes jwt cookie root write ingest ingestion integration subscription registration enrollment bot vapid ssh pgp gpg function functions host push hash auth0 merchant agent validation".split(
    " ",
  ),
);
/** What these words speak of may be known to anybody. */
const PUBLIC = new Set("public pub publishable anon site checksum digest fingerprint etag".split(" "));

/** `key` after these is what something is found by. */
const FINDING = new Set(
  "object cache partition sort primary foreign lock row redis s3 group shard sharding dedup deduplication idempotency translation message hot natural surrogate bucket index result map record item field column".split(
    " ",
  ),
);

/** Words after the name of a secret that leave it one. */
const NEUTRAL =
  /^(?:\d+|v\d+|[a-z]|prod|production|dev|devel|development|stage|staging|test|testing|local|qa|uat|old|new|current|previous|prev|next|primary|secondary|main|backup|value|val|text|plain|plaintext|raw|base64|b64|encoded|string|str|data|base|live|prd|stg|eu|us)$/;

/** Words that end names which speak of a secret without being one. */
const ABOUT = new Set(
  "file files filename path paths dir directory folder mount url urls uri endpoint host hostname port name names username user ttl expiry expire expires expiration lifetime duration timeout age length len min max size policy rotation rotate interval days hours minutes seconds header headers field fields param parameter prefix suffix type types format algorithm algo alg issuer audience scope scopes enabled enable disabled required allowed count counts limit limits budget usage version ref refs reference arn provider manager store stores engine backend class role env variable var mode strategy regex pattern label labels hint prompt reset change changed method kind namespace source target realm column mask masked validator validators hasher hashers digest fingerprint checksum hash id ids key keys service server automount template rate bucket index position usage page santa through placeholder description title message error expired invalid forgot rule rules stdin".split(
    " ",
  ),
);

/** Names that end as one of a secret does and mean something else. */
const ELSE =
  /^(?:.* )?(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached) pass|(?:page|input|output|continue|continuation|next|cursor|sync|csrf|xsrf|max|min|num|total|limit|rate limit|prompt|completion|stop|special|eos|bos|pad) tokens?|(?:no|without|require|requires|enable|use|show|forgot|reset|change|confirm) password|pass(?:word)? (?:through|credentials)|automount .*|(?:external|sealed|cluster external|push) secrets?)$/;

/** Names of which the value is the name of a Secret in Kubernetes. */
const OF_OBJECTS =
  /^(?:.* )?(?:(?:tls|ingress|existing|image pull|pull|cert|certificate|kubernetes|k8s|auth|registry|docker) secrets?|secret ref)$/;

export interface NameVerdict {
  kind: Kind;
  /** The name alone decides; else the value must look drawn at random. */
  certain: boolean;
  /** A name of an object is as likely. */
  object: boolean;
}

const MENTION =
  /pass|pwd|pw\b|pswd|secret|token|key|cred|auth|bearer|salt|pepper|cookie|sig|jwt|license|licence|seed|session|psk|dsn|kennwort|contrasena|senha|wachtwoord|haslo/i;

/** Whether any name in the text could be one of a secret. One pass: nearly all texts have none. */
export const mentionsSecret = (text: string): boolean => MENTION.test(text);

const GLUED =
  /^(\w+?)(password|passwd|passwort|passphrase|secret|token|(?<=api|secret|private|access|account|shared|auth|encryption|master|signing|session|license)key)s?$/;

/**
 * `dbPassword`, `DB_PASSWORD`, `db.pass-word` → words in lower case; words that were written as one are taken apart.
 */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .flatMap((word) => GLUED.exec(word)?.slice(1) ?? [word]);
}

/** What a name says of its value; undefined where it says nothing. */
export function verdictOfName(name: string): NameVerdict | undefined {
  if (!mentionsSecret(name)) return undefined;
  const words = wordsOf(name);
  if (words.some((word) => PUBLIC.has(word))) return undefined;
  while (words.length > 1 && NEUTRAL.test(words.at(-1)!)) words.pop();
  const [last, before] = [words.at(-1) ?? "", words.at(-2) ?? ""];
  const all = words.join(" ");
  if (ELSE.test(all)) return undefined;
  if (PASSWORDS.has(last)) return { kind: "password", certain: true, object: false };
  if (/^(?:redis ?cli auth|redis auth|master auth)$/.test(all))
    return { kind: "password", certain: true, object: false };
  if (TOKENS.has(last)) return { kind: "token", certain: true, object: OF_OBJECTS.test(all) };
  if (/^keys?$/.test(last) && KEYS.has(before)) return { kind: "token", certain: true, object: all === "secret key" };
  if (/^keys?$/.test(last) && FINDING.has(before)) return undefined;
  if (last === "id" && before === "secret") return { kind: "token", certain: false, object: false };
  if ((ABOUT.has(last) && !/^keys?$/.test(last)) || /.(?:type|mode|name|file|path|url|uri)$/.test(last))
    return undefined;
  return { kind: "token", certain: false, object: false };
}

/** Whether a name ends as names of settings do, and identifiers. */
export const endsAsSetting = (name: string): boolean => ABOUT.has(wordsOf(name).at(-1) ?? "") && !/keys?$/i.test(name);
