import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { mountsOf } from "../../facts/mounts.ts";

export default defineCheck({
  id: "services/hidden-image",
  severity: "error",
  risk: true,
  summary: "Nothing is mounted over what the image, the kubelet or the runtime has in a container",
  why: "A volume hides the folder that it is mounted at. Without its libraries or its certificates a program does not start, or fails at its first call; a folder in place of a file that the kubelet writes leaves it without names of hosts.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      for (const { at, folder, title } of mountsOf(workload)) {
        const hidden = hiddenBy(folder);
        if (hidden === undefined) continue;
        yield {
          at,
          message: `${workload.name}: ${title} is at ${folder}, and hides ${hidden}`,
          idea: `a mount at ${folder} hides ${hidden}`,
          hint: "give it a folder of its own, as /var/lib/app or /etc/app",
        };
      }
    }
  },
});

/** What would be missing with something mounted at a folder. */
function hiddenBy(folder: string): string | undefined {
  return HIDDEN.find(({ at, below }) => at.some((one) => folder === one || (below && folder.startsWith(`${one}/`))))
    ?.hides;
}

/**
 * Folders of the Filesystem Hierarchy Standard (https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html) that every
 * program of an image reads, and what a container gets from outside:
 * https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#default-filesystems and
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#termination-message-path
 * `/` and `/proc` are no folders to mount at for any runtime, and refused as such.
 */
const HIDDEN: readonly { at: readonly string[]; below?: boolean; hides: string }[] = [
  {
    at: ["", "/usr", "/usr/local"].flatMap((root) =>
      ["bin", "sbin", "lib", "lib64", "libexec"].map((name) => `${root}/${name}`),
    ),
    hides: "programs and libraries of the image",
  },
  { at: ["/usr", "/usr/local"], hides: "programs and libraries of the image" },
  { at: ["/etc"], hides: "the image's users, certificates and settings" },
  { at: ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"], hides: "a file that the kubelet writes" },
  { at: ["/etc/passwd", "/etc/group"], hides: "a file of the image" },
  { at: ["/dev"], hides: "the container's devices" },
  { at: ["/dev/termination-log"], hides: "a file that the kubelet reads" },
  { at: ["/sys"], below: true, hides: "what the kernel tells" },
  {
    at: ["/var/run/secrets/kubernetes.io", "/run/secrets/kubernetes.io"],
    below: true,
    hides: "the identity that Kubernetes gives to the pod",
  },
];
