// A request as data, before it has a host, a cookie or a connection.

export type ApiRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Under the base URL, beginning with a slash. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
};

/** What came back, whatever its status. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};
