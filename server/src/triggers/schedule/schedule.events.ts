/** Channel that tells schedulers to look again: a schedule was armed, resumed or asked for something. */
export const scheduleChangedChannel = 'schedule.changed';
