import { writeFileSync } from "node:fs";
import type { Access } from "./client.ts";

/** Writes a kubeconfig that logs in with a token, and acts as another user where it says so. JSON is YAML. */
export function writeKubeconfig(file: string, { url, ca, token, as }: Access): string {
  const named = <T extends object>(content: T) => [{ name: "lab", ...content }];
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "lab",
    clusters: named({
      cluster: {
        server: url,
        "certificate-authority-data": Buffer.from(ca).toString("base64"),
        "disable-compression": true, // which costs more on loopback than it saves
      },
    }),
    users: named({ user: { token, ...(as ? { as: as.user, "as-groups": as.groups ?? [] } : {}) } }),
    contexts: named({ context: { cluster: "lab", user: "lab", namespace: "default" } }),
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return file;
}
