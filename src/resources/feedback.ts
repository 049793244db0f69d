// kscli feedback: what users think of answers, documents and their parts.

import { choice, object, text, uuid } from '../schema/fields.ts';
import { defineResource, del, list, post } from '../schema/rows.ts';

const TARGETS = ['THREAD', 'MESSAGE', 'DOCUMENT', 'DOCUMENT_VERSION', 'CHUNK'] as const;
const RATINGS = ['UP', 'DOWN'] as const;
const REASONS = [
  'INCORRECT',
  'MISSING_INFO',
  'NOT_RELEVANT',
  'BAD_CITATIONS',
  'HALLUCINATION',
  'OCR_ERROR',
  'PARSING_ERROR',
  'STRUCTURE_ISSUE',
  'TABLE_ERROR',
  'FORMATTING',
  'OTHER',
] as const;

export const feedback = defineResource({
  name: 'feedback',
  columns: ['id', 'target_type', 'target_id', 'rating', 'reason', 'created_at'],
  operations: {
    list: list('/v1/feedback', {
      summary: 'List feedback',
      query: {
        target_type: choice('Only on things of this kind', TARGETS),
        target_id: uuid('Only on this thing'),
        rating: choice('Only with this rating', RATINGS),
      },
    }),
    create: post('/v1/feedback', {
      summary: 'Create feedback, or change what the acting user gave before',
      body: {
        target_type: choice('Kind of the thing', TARGETS, { required: true }),
        target_id: uuid('Thing that the feedback is on', { required: true }),
        rating: choice('Rating', RATINGS, { required: true }),
        reason: choice('Reason', REASONS),
        comment: text('Comment', { max: 4000 }),
        extra_metadata: object('Other facts'),
      },
      changedMessage: 'Changed the feedback on {target_type} {target_id}',
    }),
    delete: del('/v1/feedback/{feedback_id}', {
      summary: 'Delete feedback',
      confirmation: 'Delete feedback {feedback_id}',
      successMessage: 'Deleted feedback {feedback_id}',
    }),
  },
});
