/** The bus that rules stand on where none is named. */
export const defaultBus = "default";

/** The identifier of a rule: its bus stands in front where it is not the default one. */
export function ruleId(bus: string, name: string): string {
    return bus === defaultBus ? name : `${bus}/${name}`;
}

/** Takes the identifier of a rule apart; a bus may be an ARN, which has slashes of its own. */
export function parseRuleId(id: string): { bus: string; name: string } {
    const end = id.lastIndexOf("/");
    return end < 0 ? { bus: defaultBus, name: id } : { bus: id.slice(0, end), name: id.slice(end + 1) };
}

export const missingEvent = ["ResourceNotFoundException"];
