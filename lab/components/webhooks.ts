/** Admission webhooks of programs that run on loopback, beside the API server that asks them. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LabCluster } from "../cluster/index.ts";
import type { Data, KubernetesObject } from "../cluster/client.ts";

/**
 * A webhook configuration whose Service is a port of loopback. No pod stands behind the Service, since no container
 * runs; which objects are asked about, at which path and what a failure means stays as it is.
 */
export function onLoopback(configuration: KubernetesObject, port: number, ca: string): KubernetesObject {
  const webhooks = (configuration["webhooks"] as Data[]).map(({ clientConfig, ...webhook }) => ({
    ...webhook,
    clientConfig: {
      url: `https://127.0.0.1:${port}${clientConfig.service.path ?? ""}`,
      caBundle: Buffer.from(ca).toString("base64"),
    },
  }));
  return { ...configuration, webhooks };
}

/**
 * A folder with the certificate and key of a server on loopback: those that the lab's API server made for itself, which
 * name 127.0.0.1 and are signed by the authority that clients of the lab know.
 */
export function servingCertificate(
  { run }: Pick<LabCluster, "run">,
  name: string,
  files: { certificate: string; key: string } = { certificate: "tls.crt", key: "tls.key" },
): string {
  const folder = join(run.folder, name);
  mkdirSync(folder, { recursive: true });
  const own = join(run.folder, "certificates");
  copyFileSync(join(own, "apiserver.crt"), join(folder, files.certificate));
  copyFileSync(join(own, "apiserver.key"), join(folder, files.key));
  return folder;
}
