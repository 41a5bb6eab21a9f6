import { Command } from "commander";

/** `npm run lab -- COMMAND`: arguments in, calls out. */
const program = new Command("npm run lab --").description("The lab: the real consumers of what the compiler writes, on this machine, without containers").showHelpAfterError();

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
  .command("status")
  .description("say which tools are there")
  .option("--timings", "also how long their installation took on this machine")
  .action(async (options: { timings?: boolean }) => {
    const { toolchainStatus } = await import("./toolchain/status.ts");
    const { statusTable } = await import("./toolchain/render.ts");
    console.log(statusTable(toolchainStatus(), options));
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
