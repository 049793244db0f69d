// kscli find: a row that stands at the top, in no group.

import { find as resource, SEARCH } from '../resources/find.ts';
import { toCommand } from '../rest/command.ts';

export const find = toCommand(resource, '', SEARCH);
