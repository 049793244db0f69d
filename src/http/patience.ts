// How long a request may take: one time limit for all of it, or for an upload, whose size nobody knows here, between two pieces.

export type Patience = {
  readonly signal: AbortSignal;
  /** Something has moved. */
  readonly touch: () => void;
  readonly end: () => void;
};

/** @param limit milliseconds */
export function patienceFor(isUpload: boolean, limit: number): Patience {
  const nothing = () => undefined;
  if (!isUpload) return { signal: AbortSignal.timeout(limit), touch: nothing, end: nothing };
  const controller = new AbortController();
  const giveUp = () => controller.abort(new DOMException('Nothing moved for too long', 'TimeoutError'));
  let timer = setTimeout(giveUp, limit);
  return {
    signal: controller.signal,
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, limit);
    },
    end: () => clearTimeout(timer),
  };
}
