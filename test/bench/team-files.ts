import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { temporaryFolder } from "../support/tree.ts";
import { largeEcosystem } from "./ecosystem.ts";

/** A project in which each team has a file with its services; nothing is compiled in it. */
export function projectOfTeams(count: number): { root: string; teams: number } {
  const root = temporaryFolder("bench-types");
  const init = join(PACKAGE_ROOT, "compiler/commands/init/project");
  mkdirSync(join(root, "ecosystem"));
  mkdirSync(join(root, "node_modules"));
  cpSync(join(init, "tsconfig.json"), join(root, "tsconfig.json"));
  cpSync(join(init, "ecosystem/eco.ts"), join(root, "ecosystem/eco.ts"));
  symlinkSync(PACKAGE_ROOT, join(root, "node_modules/eco-compile"));
  symlinkSync(join(PACKAGE_ROOT, "node_modules/@types"), join(root, "node_modules/@types"));

  const {
    config: { services, ...rest },
  } = largeEcosystem(count);
  const files = Object.keys(rest.teams).map((team, index) => {
    const own = Object.entries(services).filter(([, service]) => service.team === team);
    const definitions = own.map(
      ([, service], place) => `const s${place} = defineService(${JSON.stringify(service)});\n`,
    );
    const names = own.map(([name], place) => `s${place} as ${JSON.stringify(name)}`);
    const text = `import { defineService } from "./eco.ts";\n${definitions.join("")}export { ${names.join(", ")} };\n`;
    writeFileSync(join(root, `ecosystem/${team}.ts`), text);
    return { variable: `t${index}`, team };
  });
  const imports = files.map(({ variable, team }) => `import * as ${variable} from "./ecosystem/${team}.ts";\n`);
  const spreads = files.map(({ variable }) => `...${variable}`).join(", ");
  writeFileSync(
    join(root, "ecosystem.config.ts"),
    `import { defineEcosystem } from "eco-compile";\n${imports.join("")}export default defineEcosystem({ ...${JSON.stringify(rest)}, services: { ${spreads} } });\n`,
  );
  return { root, teams: files.length };
}
