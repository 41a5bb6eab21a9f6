// Loaded before a command (`node --import`): says on descriptor 3, at its end, how much memory it had in use at most.
import { writeSync } from "node:fs";

process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
