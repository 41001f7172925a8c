import { Refusal } from "../../errors";
import type { Validity } from "../../models/acm-pca";

const day = 24 * 60 * 60 * 1000;

function addMonths(now: number, months: number): number {
    const date = new Date(now);
    return date.setUTCMonth(date.getUTCMonth() + months);
}

/** A date in digits: YYYYMMDDHHMMSS, or YYMMDDHHMMSS, whose years from 50 on are of the last century. */
function fromDigits(value: number): number {
    const digits = String(value);
    const century = digits.length === 12 ? (Number(digits.slice(0, 2)) < 50 ? "20" : "19") : "";
    const [, year, month, rest = ""] = /^(\d{4})(\d{2})(\d{8})$/.exec(century + digits) ?? [];
    const [dayOfMonth, hour, minute, second] = rest.match(/../g) ?? [];
    return Date.parse(`${year}-${month}-${dayOfMonth}T${hour}:${minute}:${second}Z`);
}

/** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_Validity.html */
const readers: Readonly<Record<Validity["Type"], (value: number, now: number) => number>> = {
    ABSOLUTE: (value) => value * 1000,
    END_DATE: fromDigits,
    DAYS: (value, now) => now + value * day,
    MONTHS: (value, now) => addMonths(now, value),
    YEARS: (value, now) => addMonths(now, 12 * value),
};

/** The end of a validity. @throws Refusal InvalidArgsException where it is no time, or has passed */
export function endOf({ Type, Value }: Validity, now: number): Date {
    const end = readers[Type](Value, now);
    if (!(end > now)) {
        throw new Refusal("InvalidArgsException", `The validity ${Value} ${Type} does not end in the future`);
    }
    return new Date(end);
}
