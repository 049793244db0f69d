// The time limit of a request: one for all of it, or for an upload, whose size nobody knows here, between two pieces.

export type Timeout = {
  readonly signal: AbortSignal;
  /** Something has moved. */
  readonly restart: () => void;
  readonly end: () => void;
};

/** @param limit milliseconds */
export function startTimeout(isUpload: boolean, limit: number): Timeout {
  const nothing = () => undefined;
  if (!isUpload) return { signal: AbortSignal.timeout(limit), restart: nothing, end: nothing };
  const controller = new AbortController();
  const giveUp = () => controller.abort(new DOMException('Nothing moved for too long', 'TimeoutError'));
  let timer = setTimeout(giveUp, limit);
  return {
    signal: controller.signal,
    restart: () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, limit);
    },
    end: () => clearTimeout(timer),
  };
}
