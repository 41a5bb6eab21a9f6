/**
 * Certificates of an authority of the lab's own, made by helm's template functions, so that no further tool is needed:
 * https://helm.sh/docs/chart_template_guide/function_list/#cryptographic-and-security-functions
 */
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { neededTool } from "../cluster/tools.ts";
import type { Run } from "../run.ts";

export interface Certificates {
  /** Of the authority, PEM. */
  ca: string;
  caFile: string;
  /** Of a server that answers for every one of the names. */
  certificate: string;
  key: string;
}

const TEMPLATE = `{{- $ca := genCA "eco-lab" 2 }}
{{- $server := genSignedCert "eco-lab" nil .Values.names 2 $ca }}
{{ dict "ca" $ca.Cert "certificate" $server.Cert "key" $server.Key | toJson }}
`;

export async function makeCertificates(run: Run, names: readonly string[]): Promise<Certificates> {
  const folder = join(run.folder, "authority");
  mkdirSync(join(folder, "templates"), { recursive: true });
  writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: authority\nversion: 0.0.0\n");
  writeFileSync(join(folder, "values.yaml"), JSON.stringify({ names }));
  writeFileSync(join(folder, "templates/certificates.yaml"), TEMPLATE);
  const { stdout } = await promisify(execFile)(neededTool("helm"), ["template", folder]);
  const made = JSON.parse(stdout.slice(stdout.indexOf("{"))) as Omit<Certificates, "caFile">;
  const caFile = join(folder, "ca.crt");
  writeFileSync(caFile, made.ca);
  return { ...made, caFile };
}
