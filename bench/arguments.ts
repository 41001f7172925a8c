import { InvalidArgumentError } from "commander";

/** Reads a list of whole numbers above 0: `3,100,1000`. @throws {InvalidArgumentError} for anything else */
export function wholeNumbers(text: string): number[] {
    const numbers = text.split(",").map(Number);
    if (numbers.length === 0 || numbers.some((number) => !Number.isInteger(number) || number < 1)) {
        throw new InvalidArgumentError("Expected whole numbers above 0, such as 3,100,1000.");
    }
    return numbers;
}
