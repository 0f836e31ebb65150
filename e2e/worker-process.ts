import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { kubeconfigPath } from './kubernetes.ts'
import { address } from './product.ts'

/** Starts the ordinary worker against the sandbox, as somebody with a token would. The answer ends it. */
export function startWorker(clusterName: string, token: string): () => Promise<void> {
  const worker = spawn(process.execPath, ['worker/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      VANTIQ_URL: address,
      VANTIQ_ACCESS_TOKEN: token,
      CLUSTER_NAME: clusterName,
      WORKER_MODE: 'daemon',
      KUBECONFIG: kubeconfigPath(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  let isStopping = false
  const ended = new Promise<void>((settle) =>
    worker.on('close', (code) => {
      if (!isStopping) process.stderr.write(`The worker ended by itself with ${code}:\n${output}\n`)
      settle()
    }),
  )
  return async () => {
    isStopping = true
    worker.kill('SIGTERM')
    await ended
  }
}
