// A process of its own, without a loader: compiles argv[2] into argv[3] with the built package, and prints a
// Measurement.
import { compile, expectOneRun } from "../../dist/compiler.js";

expectOneRun(); // as the command does
const [root, output] = process.argv.slice(2);
const start = process.cpuUsage();
const { ok, diagnostics, timings, emission } = await compile({ root, output });
const { user, system } = process.cpuUsage(start);
if (!ok)
  throw new Error(
    diagnostics
      .map(({ id, at, message }) => `${id} at ${at}: ${message}`)
      .slice(0, 10)
      .join("\n"),
  );
const { artifacts, files } = emission;
process.stdout.write(
  JSON.stringify({
    timings,
    compile: (user + system) / 1000,
    objects: artifacts.reduce((count, { body }) => count + (body.kind === "kubernetes" ? body.objects.length : 0), 0),
    files: files.length,
    bytes: files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0),
    rss: process.resourceUsage().maxRSS / 1024,
  }),
);
