import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/unused-external",
  severity: "warning",
  summary: "What is declared outside of the platform is called by somebody",
  why: "Nothing is opened or watched for what nobody calls. Either a service names it otherwise, as a host in a text or in `egress`, and is closed off from it, or it is left over.",

  *run({ externals, workloads }) {
    const called = new Set(workloads.flatMap(({ externals }) => externals.map(({ external }) => external.name)));
    for (const { name, source } of externals) {
      if (called.has(name)) continue;
      yield {
        at: source,
        message: `no service calls ${name}`,
        hint: `let who does say so, with \`dependsOn: [{ external: "${name}" }]\` or its \`address()\`, or delete it`,
      };
    }
  },
});
