// The time limit of a request: one for all of it, or for an upload, whose size nobody knows here, between two pieces.

export type Timeout = {
  readonly signal: AbortSignal;
  /** Something has moved. Means nothing after the end. */
  readonly restart: () => void;
  readonly end: () => void;
};

/** @param limit milliseconds */
export function startTimeout(isUpload: boolean, limit: number): Timeout {
  const nothing = () => undefined;
  if (!isUpload) return { signal: AbortSignal.timeout(limit), restart: nothing, end: nothing };
  const controller = new AbortController();
  const giveUp = () => controller.abort(new DOMException('Nothing moved for too long', 'TimeoutError'));
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(giveUp, limit);
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    signal: controller.signal,
    restart: () => {
      // After a lost connection the runtime may still ask for a piece: a timer then would keep the process until it is over.
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = setTimeout(giveUp, limit);
    },
    end,
  };
}
