import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MANIFEST_PATH, type PlanOptions } from "./index.ts";
import { A, B, found, paths, planFiles, refuses, textOf, writeFiles } from "./test/runs.ts";
import { inFolder, put } from "./test/tree.ts";

const test = suite("versions");

const version = (version: string): Partial<PlanOptions> => ({ generator: { name: "eco-compile", version } });
const NEWER = [
  ["1.2.3", "1.2.4"],
  ["1.2.3", "2.0.0"],
  ["2.0.0-rc.1", "2.0.0"],
  ["0.9.9", "0.10.0"],
] as const;

for (const [older, newer] of NEWER) {
  test(
    `what ${newer} wrote, ${older} leaves alone and says so, to write as to compare`,
    inFolder((root) => {
      writeFiles(root, A, version(newer));
      for (const outcome of [
        refuses(root, B, [`write/newer-tree ${MANIFEST_PATH}`], version(older)),
        planFiles(root, A, version(older)),
      ]) {
        assert.equal(found(outcome), [`write/newer-tree ${MANIFEST_PATH}`]);
        assert.match(outcome.diagnostics[0]!.message, `written by eco-compile ${newer}, and this is ${older}`);
        assert.match(outcome.diagnostics[0]!.hint!, `eco-compile@${newer}`);
      }
      assert.equal(found(writeFiles(root, B, { ...version(older), force: true })), []);
      assert.ok(planFiles(root, B, version(older)).clean);
    }),
  );

  test(
    `what ${older} wrote is a difference for ${newer}, which names both`,
    inFolder((root) => {
      writeFiles(root, A, version(older));
      const compared = planFiles(root, A, version(newer));
      assert.equal([compared.clean, compared.writtenBy, found(compared)], [false, older, []]);
      writeFiles(root, A, version(newer));
      assert.ok(planFiles(root, A, version(newer)).clean);
    }),
  );
}

test(
  "a manifest of a format to come is a newer compiler's, whatever it calls itself",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, MANIFEST_PATH, textOf(root, MANIFEST_PATH).replace('"format_version": 3', '"format_version": 4'));
    assert.match(refuses(root, B, [`write/newer-tree ${MANIFEST_PATH}`]).diagnostics[0]!.message, "format_version 4");
  }),
);

test(
  "a version that is none says nothing",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, MANIFEST_PATH, textOf(root, MANIFEST_PATH).replace("1.2.3", "next"));
    assert.equal(found(writeFiles(root, B)), []);
  }),
);

test(
  "a tree of the first format is taken over, and nothing of it is forgotten",
  inFolder((root) => {
    writeFiles(root, A);
    const { files } = JSON.parse(textOf(root, MANIFEST_PATH)) as { files: Record<string, object | string> };
    delete files[""];
    const old = {
      format_version: 1,
      generator: { name: "eco-compile", version: "0.1.0" },
      inputs_digest: "a".repeat(64),
      files: Object.fromEntries(
        Object.entries(files).map(([path, entry]) => [path, { ...(entry as object), sources: ["x"] }]),
      ),
    };
    put(root, MANIFEST_PATH, JSON.stringify(old, null, 2));
    assert.not(planFiles(root, A).clean);
    assert.equal(paths(writeFiles(root, B)), {
      create: ["generated/new.yaml"],
      change: ["generated/web/values.yaml"],
      delete: ["generated/old/x/y.yaml"],
      unchanged: 1,
      manifest: "change",
    });
  }),
);

test.run();
