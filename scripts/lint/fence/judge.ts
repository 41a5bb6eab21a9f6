/** Who may import whom. */
import { targetOf, type Import } from "../../imports/imports.ts";
import { circles } from "./circles.ts";
import { floorOf, isDoor, isTest, looksEverywhere, roomOf, SOURCES, targetIn } from "./rooms.ts";

export interface Verdict {
  files: number;
  imports: number;
  /** For people: where, what, why, and what to do about it. */
  problems: string[];
}

/** An import from one source of the repository to another file in it. */
interface Arrow extends Import {
  from: string;
  to: string;
}

interface Reason {
  why: string;
  instead: string;
}

/** Judges what each file imports. */
export function judge(sources: ReadonlyMap<string, readonly Import[]>): Verdict {
  const arrows = [...sources].flatMap(([from, imports]) =>
    imports.flatMap((found): Arrow[] => {
      const to = placeOf(from, found);
      return to === undefined ? [] : [{ ...found, from, to }];
    }),
  );
  const imports = [...sources.values()].reduce((sum, { length }) => sum + length, 0);
  const problems = [
    ...(imports === 0 ? [saysNothing(sources.size)] : []),
    ...homeless(sources.keys()),
    ...refusedArrows(arrows),
    ...circlesOfFiles(arrows),
    ...circlesOfRooms(arrows),
  ];
  return { files: sources.size, imports, problems };
}

/** The lab is a package of the workspace: its files can be had by its name as well. */
const placeOf = (from: string, found: Import): string | undefined =>
  targetOf(from, found) ??
  (/^eco-compile-lab\//.test(found.specifier) ? found.specifier.replace(/^[^/]+/, "lab") : undefined);

const problem = (what: string, { why, instead }: Reason): string => `${what}\n  why: ${why}\n  do:  ${instead}`;

const saysNothing = (files: number): string =>
  problem(`the fence saw no import in ${files} files`, {
    why: "it holds nothing then, and would be green for ever",
    instead: "look at what scripts/lint/fence.ts reads, and from which folder it is run",
  });

function homeless(files: Iterable<string>): string[] {
  const rooms = new Set([...files].filter((file) => file.startsWith("compiler/")).map(roomOf));
  return [...rooms]
    .filter((room) => floorOf(room) === undefined)
    .map((room) =>
      problem(`${room} lies on no floor`, {
        why: "nobody knows who may import it",
        instead: "give it one in scripts/lint/fence/rooms.ts, and say so in docs/architecture.md",
      }),
    );
}

/** Why one file may not import another. */
function refusal({ from, to, kind }: Arrow): Reason | undefined {
  if (looksEverywhere(from) || (kind === "type" && isDoor(from, to))) return undefined;
  if (isTest(to)) {
    return {
      why: "tests look at everything, and nobody else at tests",
      instead: "move what both need out of the test",
    };
  }
  if (from.startsWith("compiler/")) return to.startsWith("compiler/") ? upwards(from, to) : outwards(to);
  if (from.startsWith("runtime/") && !to.startsWith(`${roomOf(from)}/`) && !to.startsWith("schemas/runtime/")) {
    return {
      why: `${roomOf(from)} is an image of its own; what it shares with the compiler is data, in schemas/runtime/`,
      instead: "copy the few lines, or say in a schema there what both sides keep to",
    };
  }
  return undefined;
}

function outwards(to: string): Reason | undefined {
  const [folder] = to.split("/");
  if (!SOURCES.includes(folder!)) return undefined;
  return {
    why: `the compiler is a package of its own, and ${folder}/ is not in it`,
    instead: "move what the compiler needs into compiler/; tests may import it from there",
  };
}

function upwards(from: string, to: string): Reason | undefined {
  const [target, sibling] = [targetIn(from), targetIn(to)];
  if (target !== undefined && sibling !== undefined && target !== sibling) {
    return {
      why: "targets know nothing of each other: each can be turned off, or taken away with its folder",
      instead: "a name that both need comes from compiler/facts/names.ts, a fact from the Topology",
    };
  }
  const [room, other] = [roomOf(from), roomOf(to)];
  const [floor, theirs] = [floorOf(room), floorOf(other)];
  if (room === other || floor === undefined || theirs === undefined || theirs < floor) return undefined;
  if (floor === 0) {
    return {
      why: `all phases stand on ${room}: what it knows of ${other}, all of them depend on`,
      instead: `move it to where it is used, or hand in what it needs of ${other}`,
    };
  }
  return {
    why: `${other} ${theirs > floor ? "comes after" : "stands beside"} ${room}: what knows it, if only by a type, cannot be read or changed by itself`,
    instead: `move what both need to ${room} or below, or let who calls them hand it in`,
  };
}

const refusedArrows = (arrows: readonly Arrow[]): string[] =>
  arrows.flatMap((arrow) => {
    const reason = refusal(arrow);
    return reason ? [problem(shown(arrow), reason)] : [];
  });

const shown = ({ from, line, to, kind }: Arrow): string =>
  `${from}:${line} ${kind === "file" ? "names" : "imports"} ${to}${kind === "type" ? " (types alone)" : ""}`;

/** What is loaded with a file; one that it only names is read or started, and may well know who started it. */
const loads = ({ kind }: Arrow): boolean => kind !== "file";

const circlesOfFiles = (arrows: readonly Arrow[]): string[] =>
  circles(arrows.filter(loads).map(({ from, to }) => [from, to])).map((circle) =>
    problem(`a circle of ${circle.length} files\n${ways(arrows, circle)}`, {
      why: "none of them can be read, tested or moved without the others",
      instead: "move what two of them need from each other to a file of its own",
    }),
  );

const ways = (arrows: readonly Arrow[], circle: readonly string[]): string =>
  arrows
    .filter((arrow) => loads(arrow) && circle.includes(arrow.from) && circle.includes(arrow.to))
    .map((arrow) => `  ${shown(arrow)}`)
    .join("\n");

/** Of the rooms outside of the compiler: inside, each circle has an arrow upwards, which is refused by itself. */
function circlesOfRooms(arrows: readonly Arrow[]): string[] {
  const between = arrows
    .filter((arrow) => loads(arrow) && !isTest(arrow.from) && !arrow.from.startsWith("compiler/"))
    .map((arrow) => ({ ...arrow, rooms: [roomOf(arrow.from), roomOf(arrow.to)] as const }))
    .filter(({ rooms: [room, other] }) => room !== other);
  return circles(between.map(({ rooms }) => rooms)).map((circle) => {
    const one = new Map(
      between
        .filter(({ rooms }) => rooms.every((room) => circle.includes(room)))
        .map((arrow) => [arrow.rooms.join(), arrow]),
    );
    return problem(
      `a circle of rooms: ${circle.join(", ")}\n${[...one.values()].map((arrow) => `  ${shown(arrow)}`).join("\n")}`,
      {
        why: "none of them can be read, tested or moved without the others",
        instead: "decide which one stands below, and move what it needs of the others there",
      },
    );
  });
}
