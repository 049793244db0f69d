// The help of kscli itself, as a text: the build asks for it once and puts it into the binary.

import { globalFields } from './argv/globals.ts';
import { helpFor, ROOT_WIDTH } from './argv/help.ts';
import { COMMANDS } from './commands/index.ts';

export function rootHelp(): string {
  return helpFor({ path: ['kscli'], node: COMMANDS }, undefined, globalFields(), ROOT_WIDTH);
}
