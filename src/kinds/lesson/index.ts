import { defineKind } from '../kind.ts';

export const lesson = defineKind({
  name: 'lesson',
  folder: 'lessons',
  label: { one: 'Lesson', many: 'Lessons' },
  endings: ['.yaml', '.mdx'],
  body: 'prose',
});
