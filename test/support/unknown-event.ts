/** Notes in the journal of the run `$1` what this version does not know, as a newer one would have done it. */
export const noteUnknownEvent = `
  WITH noted AS (UPDATE run SET last_seq = last_seq + 1 WHERE id = $1 RETURNING id, last_seq, epoch)
  INSERT INTO run_event (run_id, seq, epoch, at, type, data)
  SELECT id, last_seq, epoch, now(), 'step.dreamt', '{"type":"step.dreamt","at":0}' FROM noted`;
