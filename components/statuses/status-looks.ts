import type { ComponentType, SVGProps } from 'react'
import type { Tone } from '#components/ui/badge.tsx'
import {
  CancelledIcon,
  ConnectIcon,
  FailedIcon,
  HistoryIcon,
  ProgressIcon,
  QueuedIcon,
  SilentIcon,
  StoppedIcon,
  SuccessIcon,
  UnknownIcon,
  WarningIcon,
} from '#components/ui/icons.ts'
import type { InstallationStatus } from '#lib/domain/installation.ts'
import type { WorkitemStatus } from '#lib/domain/workitem.ts'
import type { WorkerContact } from './worker-contact.ts'

export interface StatusLook {
  tone: Tone
  icon: ComponentType<SVGProps<SVGSVGElement>>
  word: string
  /** Something is under way. */
  isMoving?: boolean
}

/** Every state of everything, each with its icon, word and colour: the one table. */
export const statusLooks = {
  installation: {
    RUNNING: { tone: 'success', icon: SuccessIcon, word: 'Running' },
    STARTING: { tone: 'info', icon: ProgressIcon, word: 'Starting', isMoving: true },
    STOPPING: { tone: 'info', icon: ProgressIcon, word: 'Stopping', isMoving: true },
    STOPPED: { tone: 'neutral', icon: StoppedIcon, word: 'Stopped' },
    DAMAGED: { tone: 'warning', icon: WarningIcon, word: 'Damaged' },
    FAILED: { tone: 'error', icon: FailedIcon, word: 'Failed' },
  },
  workitem: {
    REQUESTED: { tone: 'info', icon: QueuedIcon, word: 'Queued' },
    PENDING: { tone: 'info', icon: ProgressIcon, word: 'In progress', isMoving: true },
    SUCCEEDED: { tone: 'success', icon: SuccessIcon, word: 'Succeeded' },
    FAILED: { tone: 'error', icon: FailedIcon, word: 'Failed' },
    INVALID: { tone: 'error', icon: FailedIcon, word: 'Invalid' },
    CANCELLED: { tone: 'neutral', icon: CancelledIcon, word: 'Cancelled' },
    SUPERSEDED: { tone: 'neutral', icon: HistoryIcon, word: 'Superseded' },
  },
  queue: {
    delayed: { tone: 'warning', icon: WarningIcon, word: 'Delayed' },
  },
  worker: {
    connected: { tone: 'success', icon: ConnectIcon, word: 'Connected' },
    silent: { tone: 'warning', icon: SilentIcon, word: 'Silent' },
    never: { tone: 'neutral', icon: UnknownIcon, word: 'Never seen' },
  },
} as const satisfies {
  installation: Record<InstallationStatus, StatusLook>
  workitem: Record<WorkitemStatus, StatusLook>
  queue: Record<'delayed', StatusLook>
  worker: Record<WorkerContact, StatusLook>
}
