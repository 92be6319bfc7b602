/** What work in progress is aborted with when its run is being stopped: it ends as cancelled, its outcome unknown. */
export class RunStopped extends Error {
  constructor() {
    super('The run was stopped.');
    this.name = 'RunStopped';
  }
}
