/**
 * Requests and limits of one container: no limit on CPU, which would only throttle; memory limited to what is reserved
 * for it.
 */
export const resources = (cpu: string, memory: string, ephemeralStorage = "256Mi") => ({
  requests: { cpu, memory, "ephemeral-storage": ephemeralStorage },
  limits: { memory, "ephemeral-storage": ephemeralStorage },
});
