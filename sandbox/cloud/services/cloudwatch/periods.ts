/** Whether an alarm can have that period, in seconds. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export function isPeriod(seconds: number): boolean {
    return [10, 20, 30].includes(seconds) || seconds % 60 === 0;
}
