import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who may log in with a token of its own; everybody else is somebody that `admin` acts as. */
const USERS = {
  admin: ["system:masters"],
  "system:kube-controller-manager": [],
  "system:kube-scheduler": [],
  /** Stands for every kubelet. */
  kwok: ["system:masters"],
} as const satisfies Record<string, readonly string[]>;

type User = keyof typeof USERS;

export interface Credentials {
  /** A file for `--token-auth-file`. */
  tokenFile: string;
  token: (user: User) => string;
  /** PEM of the private key that signs the tokens of service accounts. */
  serviceAccountKey: string;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file */
export function makeCredentials(folder: string): Credentials {
  const tokens = new Map(Object.keys(USERS).map((user) => [user, randomBytes(24).toString("base64url")]));
  const tokenFile = join(folder, "tokens.csv");
  const lines = Object.entries(USERS).map(
    ([user, groups]) => `${tokens.get(user)},${user},${user},"${groups.join(",")}"`,
  );
  writeFileSync(tokenFile, `${lines.join("\n")}\n`, { mode: 0o600 });
  const serviceAccountKey = join(folder, "service-accounts.key");
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "sec1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(serviceAccountKey, privateKey, { mode: 0o600 });
  return { tokenFile, token: (user) => tokens.get(user)!, serviceAccountKey };
}
