/** A time as the provider writes it: to the second, in UTC. Absent times stay absent. */
export function formatTime(time: Date | string | number | undefined): string | undefined {
    return time === undefined ? undefined : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
