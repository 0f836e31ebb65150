'use client'

import { useEffect } from 'react'

const question = 'Secret values you typed are in no draft and will be lost. Leave this page?'

/** Asks before leaving while something is typed that no draft holds: at reload, close, and links inside the console. */
export function useLeaveWarning(isNeeded: () => boolean): void {
  useEffect(() => {
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (isNeeded()) event.preventDefault()
    }
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0
      if (!(link instanceof HTMLAnchorElement) || opensElsewhere || link.target === '_blank') return
      if (link.pathname === location.pathname || !isNeeded()) return
      if (!confirm(question)) {
        event.preventDefault()
        event.stopPropagation()
      }
    }
    addEventListener('beforeunload', beforeUnload)
    document.addEventListener('click', click, { capture: true })
    return () => {
      removeEventListener('beforeunload', beforeUnload)
      document.removeEventListener('click', click, { capture: true })
    }
  }, [isNeeded])
}
