import { execFileSync } from "node:child_process";
import { consumer } from "./consumer.ts";

/** Consumers that Go builds; versions are pinned here. The build cache makes a second run cheap. */
const GO_TOOLS = {
  helm: "helm.sh/helm/v3/cmd/helm@v3.19.2",
  opa: "github.com/open-policy-agent/opa@v1.10.1",
  gator: "github.com/open-policy-agent/gatekeeper/v3/cmd/gator@v3.20.1",
  conftest: "github.com/open-policy-agent/conftest@v0.66.0",
} as const;

/** Makes the tests' consumers available: builds those that are missing where Go is at hand, one after the other. */
export async function prepare(): Promise<void> {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  for (const [name, module] of Object.entries(GO_TOOLS)) {
    if (available(name)) continue;
    if (!available("go")) {
      console.log(`${name} is missing, and so is Go to build it: its tests are skipped`);
      continue;
    }
    console.log(`building ${module}`);
    execFileSync("go", ["install", module], { stdio: "inherit" });
  }
}

function available(name: string): boolean {
  try {
    return consumer(name) !== undefined;
  } catch {
    return false; // in CI: about to be built
  }
}
