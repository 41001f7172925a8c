/**
 * Milliseconds of processor time that some work takes in this process, so that a bound against endless work holds on a
 * busy machine too: what others make it wait does not count.
 */
export function processorMilliseconds(work: () => void): number {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
}
