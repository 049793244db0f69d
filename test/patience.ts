// What has to happen within some time though nobody knows how slow the machine is: done again with twice the time until it did.

/** @param attempt undefined where the time was too short @param milliseconds of the first attempt */
export async function giveTime<T>(
  milliseconds: number,
  attempt: (milliseconds: number) => Promise<T | undefined>,
): Promise<T> {
  for (let time = milliseconds; ; time *= 2) {
    const result = await attempt(time);
    if (result !== undefined) return result;
  }
}
