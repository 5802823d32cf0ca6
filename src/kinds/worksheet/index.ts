import { defineKind } from '../kind.ts';
import { checkWorksheet } from './checks.ts';

export const worksheet = defineKind({
  name: 'worksheet',
  folder: 'worksheets',
  label: { one: 'Worksheet', many: 'Worksheets' },
  endings: ['.yaml'],
  body: 'none',
  check: checkWorksheet,
});
