import { resolve } from "node:path";
import { painter, wantsColor } from "../diagnostics/color.ts";
import { formatFindings } from "./doctor/finding.ts";
import { machineFindings } from "./doctor/machine.ts";
import { projectFindings } from "./doctor/project.ts";

/** `eco-compile doctor`: exit code 1 when something cannot work, 0 otherwise; warnings are for people to judge. */
export async function doctorCommand({ cwd, cluster }: { cwd: string; cluster?: boolean }): Promise<void> {
  const { compile } = await import("../compile.ts");
  const root = resolve(cwd);
  const result = await compile({ root, mode: "compare" });
  const findings = [
    ...machineFindings(),
    ...projectFindings(root, result),
    ...(cluster ? await (await import("./doctor/cluster.ts")).clusterFindings(result) : []),
  ];
  process.stdout.write(formatFindings(findings, painter(wantsColor(process.env, process.stdout))));
  process.exitCode = findings.some(({ level }) => level === "fail") ? 1 : 0;
}
