/**
 * node --import tsx lab/conformance/terraform/check.ts FOLDER... : the findings on modules and roots, one per line.
 */
import { join } from "node:path";
import { checkModule } from "./check-module.ts";

async function main(folders: string[]): Promise<void> {
  for (const folder of folders) {
    for (const { file, line, message } of await checkModule(folder)) {
      process.exitCode = 1;
      console.log(`${join(folder, file)}:${line}: ${message}`);
    }
  }
}

await main(process.argv.slice(2));
