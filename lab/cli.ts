import { Command, Option } from "commander";
import type { UpOptions } from "./commands/up.ts";

/** `npm run lab -- COMMAND`: arguments in, calls out. */
const program = new Command("npm run lab --")
  .description("The lab: the real consumers of what the compiler writes, on this machine, without containers")
  .showHelpAfterError();

program
  .command("install")
  .description("bring the lab's tools into the cache; what is there already is left alone")
  .argument("[names...]", "tools, or executables of theirs (default: all but those that are only installed on demand)")
  .action(async (names: string[]) => {
    const { install, packagesNamed } = await import("./toolchain/install.ts");
    const { reporter } = await import("./toolchain/render.ts");
    const outcomes = install(packagesNamed(names), reporter(process.stdout));
    if (outcomes.some(({ result }) => result === "failed")) process.exitCode = 1;
  });

program
  .command("up")
  .description("start a control plane that plays a cluster of the config, and leave it running")
  .argument("[cluster]", "default: the management cluster")
  .option("-C, --cwd <folder>", "folder of the project", ".")
  .addOption(new Option("--nodes <count>", "of each pool").choices(["initial", "max"]).default("initial"))
  .action(async (cluster: string | undefined, options: UpOptions) =>
    (await import("./commands/up.ts")).upCommand(cluster, options),
  );

program
  .command("down")
  .description("end what `up` started, and whatever a crash has left")
  .argument("[clusters...]", "default: all")
  .action(async (names: string[]) => (await import("./commands/down.ts")).downCommand(names));

program
  .command("test")
  .description("run the conformance suites; over all consumers, also write docs/conformance.md")
  .argument("[consumers...]", "folders of lab/conformance (default: all)")
  .action(async (consumers: string[]) => (await import("./commands/test.ts")).testCommand(consumers));

program
  .command("status")
  .description("say which tools are there, and what is running")
  .option("--timings", "also how long their installation took on this machine")
  .action(async (options: { timings?: boolean }) => {
    const { toolchainStatus } = await import("./toolchain/status.ts");
    const { statusTable } = await import("./toolchain/render.ts");
    const { runningLines } = await import("./commands/running.ts");
    console.log(`${statusTable(toolchainStatus(), options)}\n\n${runningLines().join("\n")}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
