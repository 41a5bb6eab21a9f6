/** The upstream charts of an ecosystem in which every registry has a mirror, with their values in a folder of their own. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { outputOf } from "../../compiled/index.ts";
import { applicationOf, objectsOf, type Source } from "../../delivery/applications.ts";

export interface MirroredChart {
  cluster: string;
  addon: string;
  source: Source;
  namespace: string;
  /** The folder that its values lie in, and where in it. */
  folder: string;
  file: string;
}

const FILES = /\/argocd\/applications\/platform-[^/]+\.yaml$|\/platform\/[^/]+\/values\.yaml$/;

/** What is compiled of an ecosystem with a mirror: its charts, and what its targets say that they run. */
export async function mirrored(project: string) {
  const variant = new URL("./mirrored.ts", import.meta.url);
  const { topology, files } = await outputOf(project, { views: ["addonImages"], files: FILES, variant });
  const folder = temporaryFolder("mirrored");
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, project, path)), { recursive: true });
    writeFileSync(join(folder, project, path), text);
  }
  const charts = [...files]
    .filter(([path]) => path.includes("/argocd/applications/"))
    .flatMap(([path, text]) => objectsOf(text).map((object) => applicationOf({ object, file: path })))
    .flatMap(({ name, file, namespace, sources }) =>
      sources
        .filter(({ chart, helm }) => chart !== undefined && helm !== undefined)
        .map((source): MirroredChart => ({
          cluster: file.split("/")[2]!,
          addon: name.replace(/^platform-/, ""),
          source,
          namespace,
          folder,
          file: source.helm!.valueFiles[0]!.replace(/^\$values\//, ""),
        })),
    );
  return { charts, images: topology.addonImages };
}
