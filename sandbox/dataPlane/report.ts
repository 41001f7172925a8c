/** Takes a line about what the data plane does that nobody has asked for: a device that was turned away, and why. No secrets. */
export type Report = (line: string) => void;
