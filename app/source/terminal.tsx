export async function Terminal({ recording }: { recording: string }) {
  return <p className="band">{recording} is not built yet.</p>
}
