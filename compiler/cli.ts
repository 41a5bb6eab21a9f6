import { Command, Option } from "commander";
import { existingFolder, named } from "./commands/arguments.ts";
import { REPORTERS } from "./diagnostics/render.ts";
import { packageVersion } from "./package-root.ts";

/** Arguments in, calls out. Each command lives in `commands/` and is imported when it is asked for. */
const program = new Command("eco-compile")
  .description(
    "Compile one typed ecosystem.config.ts into Terraform, Helm values, Argo Rollouts, Chaos Mesh, OPA policies and Argo CD applications",
  )
  .version(packageVersion(), "-V, --version")
  .showHelpAfterError("(run eco-compile --help for what there is)")
  .showSuggestionAfterError()
  .configureOutput({ outputError: (text, write) => write(text) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 1));

const project = (command: Command) =>
  command
    .option("-C, --cwd <folder>", "the project's folder", existingFolder, ".")
    .option("--config <file>", "the config, relative to the project (default: ecosystem.config.ts)", named)
    .addOption(new Option("--reporter <name>", "how findings are shown").choices(REPORTERS).default("pretty"))
    .option("-q, --quiet", "say nothing but errors")
    .option(
      "-v, --verbose",
      "also say what each phase and each file did, and all findings where there are many of one kind",
    )
    .option("--timings", "show the CPU time of each phase");

project(
  program
    .command("compile", { isDefault: true })
    .description("compile the config and write what changed (the default)"),
)
  .option("--check", "write nothing; exit with 2 when generated files are not up to date")
  .option("--target <name>", "write one target's files alone; everything is verified all the same", named)
  .option(
    "--output <folder>",
    "write under this folder instead of the project; relative to where you are, not to the project",
    named,
  )
  .option("--force", "overwrite files that were edited by hand or are not ours")
  .addHelpText("after", "\nExit codes: 0 clean, 1 errors, 2 differences (with --check)")
  .action(async (options) => (await import("./commands/compile.ts")).compileCommand(options));

project(program.command("check").description("validate and check the config, without compiling it"))
  .option("--as-of <date>", "also refuse proposals and ignores that have expired by this day (YYYY-MM-DD)", named)
  .action(async (options) => (await import("./commands/check.ts")).checkCommand(options));

project(
  program.command("upgrade").description("take newer ones of the versions that ecosystem.lock.json keeps, and compile"),
)
  .argument("[what]", "compiler, kubernetes, charts, components, providers or one add-on (default: all)", named)
  .option("--environment <name>", "only what one environment alone would see", named)
  .option("--rechoose <path>", "choose this one anew, whatever it is: a line of ecosystem.lock.json", named)
  .option("--check", "write nothing; say what would change, and exit with 2 when something would")
  .action(async (what, options) => (await import("./commands/upgrade.ts")).upgradeCommand(what, options));

const images = program.command("images").description("say which image each environment runs");

project(images.command("set").description("pin the image of a service in an environment, in ecosystem.images.json"))
  .argument("<service>", "a service of the config", named)
  .argument("<environment>", "an environment of the config", named)
  .argument("<version>", "a digest (sha256:...), or a tag whose digest the image's registry is asked for", named)
  .action(async (service, environment, version, options) =>
    (await import("./commands/images.ts")).imagesSetCommand({ service, environment, version }, options),
  );

project(
  program
    .command("migrate")
    .description("rewrite the config's files from an earlier format in today's words, and keep the rest as it is"),
)
  .option("--check", "write nothing; say what would be rewritten, and exit with 1 when something would")
  .addHelpText(
    "after",
    "\nAll is rewritten or nothing.\nExit codes: 0 nothing is left, 1 errors, or something to rewrite (with --check), 2 something to rewrite by hand",
  )
  .action(async (options) => (await import("./commands/migrate.ts")).migrateCommand(options));

project(
  program
    .command("explain")
    .description("explain a diagnostic id, or lead from a generated file or object to the config and back"),
)
  .argument(
    "<what>",
    "a diagnostic id, a generated file, an object as Kind/name or Kind/namespace/name, or a config path",
    named,
  )
  .action(async (what, options) => (await import("./commands/explain.ts")).explainCommand(what, options));

project(
  program
    .command("render")
    .description(
      "print the objects that clusters get of workloads and add-ons: charts by the helm on PATH, and what is beside them; those of charts are held to schemas and policies",
    ),
)
  .argument("[name]", "a service or an add-on, or CLUSTER/NAME (default: all services)", named)
  .option("--addons", "all add-ons as well; helm fetches their charts")
  .action(async (name, options) => (await import("./commands/render.ts")).renderCommand(name, options));

program
  .command("schema")
  .description("print a JSON schema")
  .argument("[name]", "ecosystem, images, tuning or topology", named, "ecosystem")
  .action(async (name) => (await import("./commands/schema.ts")).schemaCommand(name));

program
  .command("init")
  .description("set up a working project, in an empty repository or beside what one has")
  .argument("[folder]", "where", named, ".")
  .option("--name <name>", "name of the ecosystem (default: the folder's)")
  .action(async (folder, options) => (await import("./commands/init.ts")).initCommand(folder, options));

program
  .command("doctor")
  .description("look at what this machine and this project have and lack")
  .option("-C, --cwd <folder>", "the project's folder", existingFolder, ".")
  .option("--cluster", "also ask the cluster of the current kubeconfig context")
  .action(async (options) => (await import("./commands/doctor.ts")).doctorCommand(options));

// Whoever reads may have seen enough, as `head` has.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

let ran: string | undefined;
program.hook("postAction", (_, command) => void (ran = command.name()));

/** Settles when the command has come to its end, to its name. */
export const ended: Promise<string | undefined> = program.parseAsync().then(
  () => ran,
  (error: unknown) => {
    // Every user's mistake has a diagnostic: what arrives here is a bug, and its trace is what a report of it needs.
    process.stderr.write(
      `eco-compile has a bug; please report it with what follows.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
    return undefined;
  },
);
