import { defineKind } from '../kind.ts';
import { checkNotification } from './checks.ts';

export const notification = defineKind({
  name: 'notification',
  folder: 'notifications',
  label: { one: 'Notification', many: 'Notifications' },
  endings: ['.yaml'],
  body: 'none',
  check: checkNotification,
});
