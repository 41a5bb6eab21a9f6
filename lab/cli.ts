import { Command, Option } from "commander";
import type { InstallOptions } from "./commands/install.ts";
import type { TestOptions } from "./commands/test.ts";
import type { UpOptions } from "./commands/up.ts";

/** `npm run lab -- COMMAND`: arguments in, calls out. */
const program = new Command("npm run lab --")
  .description("The lab: the real consumers of what the compiler writes, on this machine, without containers")
  .showHelpAfterError();

program
  .command("install")
  .description("bring the lab's tools into the cache; what is there already is left alone")
  .argument("[names...]", "tools, or executables of theirs (default: all but those that are only installed on demand)")
  .option("--core", "only those that CI requires")
  .action(async (names: string[], options: InstallOptions) =>
    (await import("./commands/install.ts")).installCommand(names, options),
  );

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
  .description(
    "run the conformance suites whose inputs have changed here since their last green run; write their records and docs/conformance.md",
  )
  .argument("[consumers...]", "folders of lab/conformance (default: all)")
  .option("--stale", "only those whose record in lab/records/ is not of today's inputs")
  .option("--all", "also those whose inputs have not changed")
  .action(async (consumers: string[], options: TestOptions) =>
    (await import("./commands/test.ts")).testCommand(consumers, options),
  );

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
