/** Medians of one scenario. */
export interface Row {
    readonly name: string;
    readonly seconds: number;
    readonly megabytes: number;
}

/** The middle one of some figures; of an even number the mean of the middle two. */
export function median(figures: readonly number[]): number {
    const sorted = [...figures].sort((first, second) => first - second);
    const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
    return middle.reduce((sum, figure) => sum + figure, 0) / middle.length;
}
