// A line of a command, and the request that it becomes. Data and names alone.

export const A = '00000000-0000-0000-0003-00000000000a';
export const B = '00000000-0000-0000-0003-00000000000b';
export const C = '00000000-0000-0000-0003-00000000000c';
export const PAGE = 'limit=20&offset=0';

/**
 * What is typed, the route, and what is sent: a body, or a form as curl's --form takes it.
 * `onTheWay` are the answers to what is asked before.
 */
export type Line = readonly [
  typed: string,
  route: string,
  sent?: string | object | undefined,
  onTheWay?: Readonly<Record<string, object>>,
];
