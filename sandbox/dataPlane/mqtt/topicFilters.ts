/** Whether a topic filter, with `+` for one level and `#` for all that follow, matches a topic. @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901241 */
export function matchesFilter(filter: string, topic: string): boolean {
    const levels = topic.split("/");
    const wanted = filter.split("/");
    if (topic.startsWith("$") && /^[+#]/.test(filter)) {
        return false;
    }
    const rest = wanted.indexOf("#");
    const fixed = rest < 0 ? wanted : wanted.slice(0, rest);
    const isLongEnough = rest < 0 ? levels.length === wanted.length : levels.length >= fixed.length;
    return isLongEnough && fixed.every((level, index) => level === "+" || level === levels[index]);
}

/** Whether a topic filter has its wildcards where MQTT allows them. */
export function isTopicFilter(filter: string): boolean {
    const levels = filter.split("/");
    return (
        filter !== "" &&
        levels.every((level) => !/[+#]/.test(level) || level.length === 1) &&
        levels.slice(0, -1).every((level) => level !== "#")
    );
}

/** Topics that AWS IoT Core's own services listen and answer on. */
export function isReserved(topicOrFilter: string): boolean {
    return topicOrFilter.startsWith("$aws/");
}
