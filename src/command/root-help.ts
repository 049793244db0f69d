// The help of kscli itself, as a text: the build asks for it once and puts it into the binary.

import { COMMANDS } from '../commands/index.ts';
import { globalFields } from './globals.ts';
import { helpFor } from './help.ts';

export function rootHelp(): string {
  return helpFor({ path: ['kscli'], node: COMMANDS }, undefined, globalFields());
}
