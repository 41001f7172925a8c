/** `rate(1 minute)`, `rate(5 hours)`: the unit's number agrees with the value. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
const rate = /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)$/;

/** One field of a cron expression: values, ranges, lists, steps and wildcards. */
const field = (names: string): RegExp => {
    const value = names === "" ? String.raw`\d+` : String.raw`(\d+|${names})`;
    const range = String.raw`(\*|${value}(-${value})?)(/\d+)?`;
    return new RegExp(`^${range}(,${range})*$`, "i");
};

const days = "SUN|MON|TUE|WED|THU|FRI|SAT";

/** Minutes, hours, days of the month, months, days of the week and years. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions */
const fields: readonly RegExp[] = [
    field(""),
    field(""),
    new RegExp(String.raw`${field("").source}|^(\?|L|\d+W|LW)$`),
    field("JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"),
    new RegExp(String.raw`${field(days).source}|^(\?|L|(\d|${days})(L|#[1-5]))$`, "i"),
    field(""),
];

function isCron(expression: string): boolean {
    const parts = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(/\s+/) ?? [];
    return (
        parts.length === fields.length &&
        parts.every((part, index) => fields[index]?.test(part) === true) &&
        // A day is said either by the month or by the week; the other one is a question mark.
        (parts[2] === "?") !== (parts[4] === "?")
    );
}

/** Whether EventBridge takes a schedule. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export function isSchedule(expression: string): boolean {
    return rate.test(expression) || isCron(expression);
}
